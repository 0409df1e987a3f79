/**
 * Who may import whom. Each rule is shown to catch a planted violation by tools/import-rules.test.ts.
 * Names of workspace packages resolve to their sources through the paths of tsconfig.json, so no build is needed.
 */
const TESTS = '(\\.test\\.ts$|\\.stories\\.ts$|^packages/[^/]+/(test|tools)/|\\.config\\.ts$)';
/** What `exports` of the packages' manifests name. */
const ENTRIES =
  '^packages/(core|feeds|simulator|picture|widget)/src/(index|node|browser|define|worker|score|simulated)\\.ts$';
/** Packages that may be imported, by package: the arrows of CONTRIBUTING.md. */
const ARROWS = {
  core: [],
  feeds: ['core'],
  simulator: ['core'],
  picture: ['core'],
  widget: ['core', 'feeds', 'simulator', 'picture'],
};
/** Folders of core; each may import only those before it. */
const CORE_FOLDERS = [
  ...['model', 'numeric', 'margin', 'grid', 'cohorts', 'exposure', 'aggregate', 'clusters', 'cascade'],
  ...['setups', 'alerts', 'score', 'engine', 'codec'],
];

const packageArrows = Object.entries(ARROWS).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  severity: 'error',
  comment: `${name} may import ${allowed.length === 0 ? 'no other package' : `only ${allowed.join(', ')}`}.`,
  from: { path: `^packages/${name}/` },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

const coreOrder = CORE_FOLDERS.slice(0, -1).map((folder, index) => ({
  name: `core-order-${folder}`,
  severity: 'error',
  comment: `core/${folder} may import only the folders before it.`,
  from: { path: `^packages/core/src/${folder}/`, pathNot: TESTS },
  to: { path: `^packages/core/src/(${CORE_FOLDERS.slice(index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...packageArrows,
    ...coreOrder,
    {
      name: 'no-app-or-tool-in-a-package',
      severity: 'error',
      comment: 'No package imports an app or a tool; tests find recordings through tools/recordings.ts.',
      from: { path: '^packages/', pathNot: TESTS },
      to: { path: '^(apps|tools|bench|e2e)/' },
    },
    {
      name: 'no-app-or-tool-in-a-test',
      severity: 'error',
      comment: 'Tests of a package take nothing from apps and tools but the path of a recording.',
      from: { path: `^packages/.*${TESTS}` },
      to: { path: '^(apps|tools|bench|e2e)/', pathNot: '^tools/recordings\\.ts$' },
    },
    {
      name: 'public-entry-by-name',
      severity: 'error',
      comment: 'Another package is imported by its name, never by a path into its folder.',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased-tsconfig-paths'] },
    },
    {
      name: 'public-entry-only',
      severity: 'error',
      comment: 'Apps and tools use what the packages export and nothing behind it. Benches measure what lies behind.',
      from: { path: '^(apps|tools)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: ENTRIES },
    },
    {
      name: 'paint-without-lit-and-sources',
      severity: 'error',
      comment: 'widget/paint paints pictures: it knows neither Lit nor where frames come from.',
      from: { path: '^packages/widget/src/paint/', pathNot: TESTS },
      to: { path: '(^packages/widget/src/sources/|(^|/)node_modules/(lit|lit-html|lit-element|@lit/[^/]+)/)' },
    },
    {
      name: 'venues-apart',
      severity: 'error',
      comment: 'Venues never import each other: shared behavior moves to families/, connection/ or book/.',
      from: { path: '^packages/feeds/src/venues/([^/]+)/' },
      to: { path: '^packages/feeds/src/venues/[^/]+/', pathNot: '^packages/feeds/src/venues/$1/' },
    },
    {
      name: 'node-in-runtime-only',
      severity: 'error',
      comment: 'Packages run in a page; only feeds/runtime/node knows Node.',
      from: { path: '^packages/[^/]+/src/', pathNot: `(${TESTS}|^packages/feeds/src/runtime/node\\.ts$)` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ws-in-runtime-only',
      severity: 'error',
      comment: 'Only feeds/runtime/node knows ws; a page has its own sockets.',
      from: { path: '^packages/[^/]+/src/', pathNot: `(${TESTS}|^packages/feeds/src/runtime/node\\.ts$)` },
      to: { path: '(^|/)node_modules/(@types/)?ws/' },
    },
    {
      name: 'no-node-modules-in-a-page',
      severity: 'error',
      comment: 'The entries a page loads never lead to Node or ws.',
      from: { path: '^packages/(feeds/src/(index|browser)|widget/src/(index|define|worker))\\.ts$' },
      to: { path: '(^|/)runtime/node\\.ts$', reachable: true },
    },
    {
      name: 'observed-in-node-only',
      severity: 'error',
      comment: 'Positions of addresses are read by Node programs: of feeds only the Node entry leads there.',
      from: { path: '^packages/', pathNot: `(${TESTS}|^packages/feeds/src/(observed/|node\\.ts$))` },
      to: { path: '^packages/feeds/src/observed/' },
    },
    {
      name: 'no-score-in-a-page',
      severity: 'error',
      comment: 'Judging the estimate is for tools: nothing that a page may download imports core/score.',
      from: {
        path: '^packages/(core/src/(index\\.ts$|engine/|codec/)|(feeds|simulator|picture|widget)/src/)',
        pathNot: TESTS,
      },
      to: { path: '^packages/core/src/score(/|\\.ts$)' },
    },
    {
      name: 'no-undeclared-dependency',
      severity: 'error',
      comment: 'What a package imports from npm stands in its own dependencies.',
      from: { path: '^packages/[^/]+/src/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'No import leads back to its file.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      comment: 'Every import can be found, so that no rule passes by not seeing one.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|storybook-static|test-results|playwright-report)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
