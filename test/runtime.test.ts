import { expect, test } from 'vitest';

test('the tests run on a Node that better-sqlite3 supports (Node-API 10), whichever Node is on PATH', () => {
  expect(Number(process.versions.napi)).toBeGreaterThanOrEqual(10);
});
