import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { windowRequests } from '../../src-main/ipc/windowContract';
import { WINDOW_KINDS } from '../../src-main/windows/kinds';
import { WindowMemory } from '../../src-main/windows/memory';
import { reloadDelay } from '../../src-main/windows/renderGuard';
import { temporaryFolder } from './temporary';

const root = resolve(import.meta.dirname, '../..');

describe('the registry of window kinds', () => {
  it.each(Object.entries(WINDOW_KINDS))('%s has a page and a preload of its own that are built', (kind, spec) => {
    const config = readFileSync(join(root, 'electron.vite.config.ts'), 'utf8');
    expect(existsSync(join(root, 'src-renderer', spec.page))).toBe(true);
    expect(existsSync(join(root, 'src-main/preload', spec.preload.replace('.cjs', '.ts')))).toBe(true);
    expect(config).toContain(`src-renderer/${spec.page}`.replace('src-renderer/', ''));
    expect(config).toContain(`src-main/preload/${kind}.ts`);
  });

  it('has one window whose closing ends the application, and it is no kiosk', () => {
    const main = Object.values(WINDOW_KINDS).filter((spec) => spec.main);
    expect(main).toEqual([WINDOW_KINDS.desk]);
    expect(WINDOW_KINDS.desk.kiosk).toBe(false);
  });

  it('lets a monitor ask main for nothing but its port', () => {
    const allowed = Object.entries(windowRequests).filter(([, { kinds }]) => (kinds as readonly string[]).includes('monitor'));
    expect(allowed.map(([name]) => name)).toEqual(['connect']);
  });
});

describe('where windows were', () => {
  const bounds = { x: -1200, y: 40, width: 1280, height: 800 };

  it('is kept for the next start', () => {
    const file = join(temporaryFolder(), 'windows.json');
    const display = { id: 7, label: 'Hall', bounds };
    const memory = new WindowMemory(file);
    memory.keep({ desk: { bounds, maximized: true } });
    memory.keep({ monitor: { bounds: null, display } });
    const again = new WindowMemory(file);
    expect(again.desk).toEqual({ bounds, maximized: true });
    expect(again.monitor).toEqual({ bounds: null, display });
  });

  it.each(['', '{', '[]', '{"desk":{"bounds":{"x":"left"}}}'])('is forgotten, never an error, when its file holds %j', (content) => {
    const file = join(temporaryFolder(), 'windows.json');
    writeFileSync(file, content);
    expect(new WindowMemory(file).desk).toBeNull();
  });

  it('survives damage to one window for the other', () => {
    const file = join(temporaryFolder(), 'windows.json');
    writeFileSync(file, JSON.stringify({ desk: { bounds, maximized: false }, monitor: { bounds: 'full' } }));
    expect(new WindowMemory(file)).toMatchObject({ desk: { bounds, maximized: false }, monitor: null });
  });

  it('is not worth an error on a disk that cannot be written to', () => {
    const memory = new WindowMemory(join(temporaryFolder(), 'no such folder', 'windows.json'));
    memory.keep({ desk: { bounds, maximized: false } });
    expect(memory.desk).toEqual({ bounds, maximized: false });
  });
});

describe('a page that crashes', () => {
  it('is loaded again at once, then ever later, and never given up', () => {
    const delays = [1, 2, 3, 4, 5, 50].map(reloadDelay);
    expect(delays).toEqual([250, 1_000, 5_000, 15_000, 15_000, 15_000]);
  });
});
