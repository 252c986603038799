import styles from './CaseTable.module.css';
import { type CaseResult, rateOf, ratioTo, threeDigits } from './report.ts';

/** One case: what each took, beside the first, as numbers and as bars from the same zero; the thin line spans the middle half of the samples. */
export function CaseTable({ result }: { result: CaseResult }) {
  const [first] = result.results;
  const longest = Math.max(...result.results.map(({ high }) => high), Number.MIN_VALUE);
  const share = (value: number) => `${(100 * value) / longest}%`;
  return (
    <section className={styles['case']}>
      <h2>{result.title}</h2>
      <p>{result.note}</p>
      <div className={styles['scroll']}>
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Median</th>
              <th scope="col">Beside the first</th>
              <th scope="col" className={styles['chart']}>
                Time
              </th>
            </tr>
          </thead>
          <tbody>
            {result.results.map((each) => {
              const ratio = ratioTo(first, each);
              const rate = rateOf(result, each);
              return (
                <tr key={each.name}>
                  <th scope="row">
                    {each.name}
                    {each.stages && (
                      <small>
                        {each.stages
                          .map(({ name, milliseconds }) => `${name} ${threeDigits(milliseconds)}`)
                          .join(' · ')}
                      </small>
                    )}
                  </th>
                  {each.failed ? (
                    <td colSpan={3}>Not measured: {each.failed}</td>
                  ) : (
                    <>
                      <td>
                        {threeDigits(each.median)}
                        {rate && <small>{rate}</small>}
                      </td>
                      <td>{ratio === null ? '1' : `${ratio.toFixed(2)}×`}</td>
                      <td
                        className={styles['chart']}
                        aria-label={`${threeDigits(each.low)} to ${threeDigits(each.high)}`}
                      >
                        <div
                          className={styles['bar']}
                          style={{ width: share(each.median) }}
                          data-own={each === first || undefined}
                        />
                        <div
                          className={styles['spread']}
                          style={{ marginInlineStart: share(each.low), width: share(each.high - each.low) }}
                          title={`${threeDigits(each.low)} – ${threeDigits(each.high)}, ${each.samples} samples`}
                        />
                      </td>
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
