import { z } from 'zod';

// Compiled parsers would need eval, which the pages' policy forbids. One module for all pages, imported first by each: so the
// bundler puts it at the head of what they share, before any schema is made.
z.config({ jitless: true });
