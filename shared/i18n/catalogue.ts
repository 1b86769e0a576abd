import type { Locale } from '../domain/rows';
import { ar } from './catalogues/ar/catalogue';
import { en } from './catalogues/en/catalogue';
import type { KeyOf, Translation } from './translation';

/** The English catalogue says which namespaces and keys there are; every other language must have the same. */
export type Catalogue = { readonly [N in keyof typeof en]: Translation<(typeof en)[N]> };
type Namespace = keyof Catalogue;

/** `namespace:key`, for a plural without its form: `ticket:ahead`. */
export type MessageKey = { [N in Namespace]: `${N}:${KeyOf<(typeof en)[N]>}` }[Namespace];

/** A language is a folder of catalogue files, one line here, and its tag in `LOCALES`. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { en, ar };
