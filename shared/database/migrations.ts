/** The committed migrations, oldest first, in the program's bundle. A statement break of drizzle is a comment to SQLite. */
const files: Readonly<Record<string, string>> = import.meta.glob('./migrations/*.sql', { query: '?raw', eager: true, import: 'default' });

export const MIGRATIONS: readonly string[] = Object.keys(files)
  .sort()
  .map((path) => files[path] ?? '');
