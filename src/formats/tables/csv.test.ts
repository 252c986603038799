import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';

describe('csv', () => {
  it('writes a header and rows with CRLF', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          [1, 'x'],
          [0.1, ''],
        ],
      ),
    ).toBe('a,b\r\n1,x\r\n0.1,\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csv(['n'], [['a,b'], ['say "x"'], ['two\nlines']])).toBe('n\r\n"a,b"\r\n"say ""x"""\r\n"two\nlines"\r\n');
  });

  it('keeps text that looks like a formula from running, and leaves negative numbers alone', () => {
    expect(
      csv(
        ['=h'],
        [
          ['=1+1', '+x', '-x', '@x', -2.5],
          ['\tx', '=a,b'],
        ],
      ),
    ).toBe("'=h\r\n'=1+1,'+x,'-x,'@x,-2.5\r\n'\tx,\"'=a,b\"\r\n");
  });

  it('leaves null and numbers that are none empty', () => {
    expect(csv(['a', 'b', 'c'], [[null, Number.NaN, Infinity]])).toBe('a,b,c\r\n,,\r\n');
  });
});
