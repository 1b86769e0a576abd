import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const house = mkdtempSync(join(tmpdir(), 'anteroom-layers-'));
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** Each breaks one rule of the house (architecture.md); the linter must name it, or its silence on the real code is worth nothing. */
const planted: [name: string, place: string, text: string, rule: string][] = [
  [
    'Node in shared',
    'shared/engine/a.ts',
    "import { readFileSync } from 'node:fs';\nexport const text = readFileSync('x');\n",
    'noRestrictedImports',
  ],
  ['Electron in shared', 'shared/engine/b.ts', "import { app } from 'electron';\nexport const name = app;\n", 'noRestrictedImports'],
  ['server in shared', 'shared/engine/c.ts', "import { run } from '../../server/run';\nexport const start = run;\n", 'noRestrictedImports'],
  ['clock in shared', 'shared/engine/d.ts', 'export const now = () => Date.now();\n', 'noRestrictedGlobals'],
  ['timer in shared', 'shared/sync/e.ts', 'export const wait = () => setTimeout(() => {}, 1);\n', 'noRestrictedGlobals'],
  [
    'Node in a screen',
    'src-renderer/desk/f.ts',
    "import { join } from 'node:path';\nexport const at = join('a', 'b');\n",
    'noRestrictedImports',
  ],
  [
    'main in a screen',
    'src-renderer/desk/g.ts',
    "import { main } from '../../src-main/run';\nexport const run = main;\n",
    'noRestrictedImports',
  ],
  [
    'server in main',
    'src-main/replica/h.ts',
    "import { run } from '../../server/run';\nexport const start = run;\n",
    'noRestrictedImports',
  ],
  ['screen in main', 'src-main/replica/i.ts', "import { Desk } from '@/desk/Desk';\nexport const desk = Desk;\n", 'noRestrictedImports'],
  ['Electron in server', 'server/j.ts', "import { app } from 'electron';\nexport const name = app;\n", 'noRestrictedImports'],
  [
    'main in server',
    'server/k.ts',
    "import { host } from '../src-main/replica/host';\nexport const replica = host;\n",
    'noRestrictedImports',
  ],
  ['import cycle', 'shared/engine/l.ts', "import { m } from './m';\nexport const l = () => m;\n", 'noImportCycles'],
  ['import cycle, other half', 'shared/engine/m.ts', "import { l } from './l';\nexport const m = () => l;\n", 'noImportCycles'],
];
const lawful: [place: string, text: string][] = [
  ['shared/domain/time.ts', 'export const MINUTE = 60_000;\n'],
  ['server/lawful.ts', "import { MINUTE } from '../shared/domain/time';\nexport const hour = 60 * MINUTE;\n"],
];

const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
for (const [place, text] of [
  ['biome.json', JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } })] as const,
  ...planted.map(([, place, text]) => [place, text] as const),
  ...lawful,
]) {
  mkdirSync(dirname(join(house, place)), { recursive: true });
  writeFileSync(join(house, place), text);
}
const biome = resolve(root, 'node_modules/.bin/biome');
const { stdout } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], { cwd: house, encoding: 'utf8' });
const found: { category: string; location: { path: string | { file: string } } }[] = JSON.parse(stdout).diagnostics;
const rulesBrokenIn = (place: string) =>
  found
    .filter(({ location }) =>
      (typeof location.path === 'string' ? location.path : location.path.file).replaceAll('\\', '/').endsWith(place),
    )
    .map(({ category }) => category.split('/').at(-1));

test.each(planted)('layers: the linter sees %s (%s)', (_name, place, _text, rule) => {
  expect(rulesBrokenIn(place)).toContain(rule);
});

test.each(lawful)('layers: %s passes, so the rules are not merely always red', (place) => {
  expect(rulesBrokenIn(place)).toEqual([]);
});
