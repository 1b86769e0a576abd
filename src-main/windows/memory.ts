import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { rememberedDisplay } from '../system/displays';
import { writeWhole } from '../system/secrets';

const bounds = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().min(1), height: z.number().int().min(1) });

const memory = z.object({
  desk: z.object({ bounds, maximized: z.boolean() }).nullable().catch(null).default(null),
  monitor: z.object({ bounds: bounds.nullable(), display: rememberedDisplay.nullable() }).nullable().catch(null).default(null),
});
type Memory = z.infer<typeof memory>;

/**
 * `windows.json`: where this PC's windows were. It is a comfort and never a need: an unreadable file is started afresh, and a
 * disk that cannot be written to is not an error here.
 */
export class WindowMemory {
  #kept: Memory;

  constructor(private readonly file: string) {
    this.#kept = read(file);
  }

  get desk(): Memory['desk'] {
    return this.#kept.desk;
  }

  get monitor(): Memory['monitor'] {
    return this.#kept.monitor;
  }

  keep(change: Partial<Memory>): void {
    this.#kept = { ...this.#kept, ...change };
    try {
      writeWhole(this.file, JSON.stringify(this.#kept));
    } catch {
      // a window in its usual place is all that is lost
    }
  }
}

const read = (file: string): Memory => {
  try {
    return memory.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { desk: null, monitor: null };
  }
};
