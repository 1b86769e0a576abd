/** The plural forms that Intl.PluralRules knows; English uses one and other, Arabic all six. */
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type PluralKey = `${string}_${PluralForm}`;
type Stem<K> = K extends `${infer Base}_${PluralForm}` ? Base : never;

/** One namespace of a catalogue: flat, key to wording. A key with a plural has one wording per form: `ahead_one`, `ahead_other`. */
export type Wordings = Readonly<Record<string, string>>;

/**
 * The same namespace in another language: every key of the English one, and for a plural at least `_other` beside the forms
 * that the language has.
 */
export type Translation<T extends Wordings> = { readonly [K in keyof T as K extends PluralKey ? never : K]: string } & {
  readonly [K in keyof T as `${Stem<K>}_other`]: string;
} & { readonly [K in keyof T as `${Stem<K>}_${Exclude<PluralForm, 'other'>}`]?: string };

/** What code asks for: the key, or the stem of a plural. */
export type KeyOf<T> = { [K in keyof T]: K extends PluralKey ? Stem<K> : K }[keyof T] & string;
