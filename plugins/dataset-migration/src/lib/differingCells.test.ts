import { differingCells } from './differingCells';

function table(columns: string[], ...rows: Array<Array<string | null>>) {
  return { columns, rows };
}

describe('differingCells', () => {
  it('marks the cell and not the row', () => {
    const { old, new: now } = differingCells(
      table(['id', 'n'], ['1', '5']),
      table(['id', 'n'], ['1', null]),
    );
    expect([...old.cells]).toEqual(['0:1']);
    expect([...now.cells]).toEqual(['0:1']);
  });

  it('leaves rows alone that both sides have at other places', () => {
    const { old, new: now } = differingCells(
      table(['id'], ['1'], ['2'], ['3']),
      table(['id'], ['3'], ['1']),
    );
    expect([...old.cells]).toEqual(['1:0']);
    expect([...now.cells]).toEqual([]);
  });

  it('counts how often a row is there', () => {
    const { old, new: now } = differingCells(
      table(['id'], ['1']),
      table(['id'], ['1'], ['1']),
    );
    expect([...old.cells]).toEqual([]);
    expect([...now.cells]).toEqual(['1:0']);
  });

  it('marks the places where only the order differs', () => {
    const { old, new: now } = differingCells(
      table(['id'], ['1'], ['2'], ['3']),
      table(['id'], ['2'], ['1'], ['3']),
    );
    expect([...old.cells]).toEqual(['0:0', '1:0']);
    expect([...now.cells]).toEqual(['0:0', '1:0']);
  });

  it('marks columns that have another name or are missing', () => {
    const { old, new: now } = differingCells(
      table(['id', 'country'], ['1', 'DE']),
      table(['id', 'country_code', 'n'], ['1', 'DE', '2']),
    );
    expect([...old.columns]).toEqual([1]);
    expect([...now.columns]).toEqual([1, 2]);
    expect([...now.cells]).toEqual(['0:2']);
  });
});
