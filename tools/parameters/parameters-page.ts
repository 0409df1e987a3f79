import type { Parameter } from './collect-parameters.js';

const TITLES: Readonly<Record<string, string>> = {
  cohorts: 'Who opens where, and who leaves when',
  exposure: 'Books, sweeps, stops, learning',
  engine: 'The engine around them',
  clusters: 'Clusters',
  cascade: 'Cascades',
  setups: 'Setups',
  alerts: 'Alerts',
};

/** The page docs/parameters.md, whole. */
export function parametersPage(parameters: readonly Parameter[], model: string): string {
  const folders = [...new Set(parameters.map(({ folder }) => folder))];
  return [
    '# Parameters',
    '',
    `Every number of the estimate, of model ${model}, with what it is and where it comes from. Written by \`npm run parameters\` from the comments in the source,`,
    'so that nothing can stand here that is not in force; a test fails where the two differ. "Chosen" means: by judgment or on simulated markets,',
    'not measured on real ones; which seeds chose what is in [method](method.md) and the [scorecard](scorecard.md). Measured figures that the estimate does not use,',
    'with sources and dates, are in [priors](priors.md); margin brackets carry the date of their table.',
    '',
    ...folders.flatMap((folder) => [
      `## ${TITLES[folder] ?? folder}`,
      '',
      '| parameter | value | what it is, and why |',
      '| --- | --- | --- |',
      ...parameters.filter((one) => one.folder === folder).map(row),
      '',
    ]),
  ].join('\n');
}

function row({ file, name, value, reason }: Parameter): string {
  const where = file.split('/').at(-1)!;
  return `| \`${name}\` (${where}) | ${cell(value)} | ${cell(reason)} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
