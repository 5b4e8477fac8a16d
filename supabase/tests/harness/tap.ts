/** One line of test output, as a database test printed it. */
export interface Assertion {
  passed: boolean;
  description: string;
  /** Why it was not run, when it was not. */
  skipped: string | undefined;
  /** What pgTAP said beneath a failure. */
  diagnostics: string[];
}

/** What one test file printed: its assertions, and how many it had promised. */
export interface TapReport {
  assertions: Assertion[];
  planned: number | undefined;
}

const RESULT = /^(not )?ok \d+(?: - )?(.*)$/;
const DIRECTIVE = /#\s*(SKIP|TODO)\b:?\s*(.*)$/i;

/** Reads the Test Anything Protocol. Lines that are neither result, plan nor diagnostic are ignored, as TAP demands. */
export function parseTap(output: readonly string[]): TapReport {
  const report: TapReport = { assertions: [], planned: undefined };
  for (const line of output.flatMap((text) => text.split('\n'))) readLine(report, line);
  return report;
}

function readLine(report: TapReport, line: string): void {
  const plan = /^1\.\.(\d+)/.exec(line);
  const result = RESULT.exec(line);
  if (plan) report.planned = Number(plan[1]);
  else if (result) report.assertions.push(assertion(result[1] === undefined, result[2] ?? ''));
  else if (line.startsWith('#')) report.assertions.at(-1)?.diagnostics.push(line.replace(/^#\s?/, ''));
}

function assertion(passed: boolean, text: string): Assertion {
  const directive = DIRECTIVE.exec(text);
  const description = text.replace(DIRECTIVE, '').trim();
  const skipped = directive ? directive[2] || directive[1]! : undefined;
  return { passed, description: description || skipped || 'unnamed', skipped, diagnostics: [] };
}
