import { type Rows, rowSchemas, type TableName } from '@shared/domain/rows';
import fc from 'fast-check';
import { z } from 'zod';

/** What is read of a JSON schema. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
}

/** Rows of a table as its own schema allows them: made from the schema, so that a new field is covered on the day it is added. */
export function rowArbitrary<T extends TableName>(table: T): fc.Arbitrary<Rows[T]> {
  const schema = rowSchemas[table];
  // Trimmed and branded by the schema itself, which also proves that the sample is a row.
  return of(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema).map((value) => schema.parse(value) as Rows[T]);
}

function of(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(of));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type: string) => of({ ...schema, type })));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1_000_000), max: schema.maximum ?? Number.MAX_SAFE_INTEGER });
    case 'number':
      return fc
        .double({
          min: schema.minimum ?? schema.exclusiveMinimum ?? -1e6,
          max: schema.maximum ?? 1e6,
          minExcluded: schema.exclusiveMinimum !== undefined,
          noNaN: true,
        })
        .map((value) => value + 0);
    case 'string':
      return stringOf(schema);
    case 'array':
      return schema.prefixItems
        ? fc.tuple(...schema.prefixItems.map(of))
        : fc.array(of(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 4 });
    case 'object':
      return objectOf(schema);
    default:
      return fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  }
}

function objectOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.properties) {
    return fc.record(Object.fromEntries(Object.entries(schema.properties).map(([key, field]) => [key, of(field)])), {
      noNullPrototype: true,
    });
  }
  const keys = schema.propertyNames?.enum ? fc.constantFrom(...(schema.propertyNames.enum as string[])) : fc.stringMatching(/^[a-z]{1,8}$/);
  return fc.dictionary(keys, typeof schema.additionalProperties === 'object' ? of(schema.additionalProperties) : of({}), {
    noNullPrototype: true,
  });
}

function stringOf({ format, pattern, minLength = 0, maxLength = 30 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (format === 'uri') return fc.webUrl();
  if (format === 'date') return fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  if (pattern) return fc.stringMatching(new RegExp(pattern));
  // Arabic, emoji, quotes: at most five UTF-16 units each, so that the length allowed is kept; the letter survives trimming.
  return fc
    .string({ unit: fc.constantFrom('a', 'Z', '7', ' ', "'", '"', ';', 'ع', 'é', '漢', '👩‍⚕'), maxLength: Math.floor(maxLength / 6) })
    .map((text) => (minLength > 0 ? `x${text}` : text));
}
