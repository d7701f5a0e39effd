import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReasonLink } from './ReasonLink';

describe('ReasonLink', () => {
  it('says what the reason means and where the documentation says so', async () => {
    render(<ReasonLink reason="WEAK_EVIDENCE" />);
    await userEvent.click(
      screen.getByRole('button', { name: 'WEAK_EVIDENCE' }),
    );
    const help = await screen.findByRole('dialog', {
      name: 'About WEAK_EVIDENCE',
    });
    expect(help).toHaveTextContent(
      'noticed fewer than half of the deliberate mistakes',
    );
    expect(help).toHaveTextContent('reasons.md#weak_evidence');
  });

  it('is no link where the documentation says nothing', () => {
    render(<ReasonLink reason="NEVER_HEARD_OF" />);
    expect(screen.getByText('NEVER_HEARD_OF')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
