import { act, render, screen } from '@testing-library/react';
import { usePolled } from './usePolled';

function Value(props: { live: boolean; load: () => Promise<string> }) {
  const polled = usePolled({ key: 'k', load: props.load, live: props.live });
  return <p>{polled.value ?? 'nothing'}</p>;
}

describe('usePolled', () => {
  it('reads once more when what it shows has stopped moving', async () => {
    const answers = ['moving', 'ended'];
    const load = async () => answers.shift() ?? 'ended';
    const { rerender } = render(<Value live load={load} />);
    expect(await screen.findByText('moving')).toBeInTheDocument();
    await act(async () => rerender(<Value live={false} load={load} />));
    expect(await screen.findByText('ended')).toBeInTheDocument();
  });
});
