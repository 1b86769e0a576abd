import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --name <what>` writes the next migration; `npx drizzle-kit check` proves that their line is whole. */
export default defineConfig({
  dialect: 'sqlite',
  schema: ['./shared/database/schema.ts', './shared/database/storeSchema.ts'],
  out: './shared/database/migrations',
});
