import type { Instant, ServiceDay } from '@shared/domain/time';
import type { Translate } from '@shared/i18n/translate';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** What the patient form holds while it is typed: text, as typed. */
export interface PatientForm {
  readonly name: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly mrn: string;
  readonly appointment: string;
  readonly notes: string;
  readonly priority: string;
  readonly hideName: boolean;
}

const LETTER = /\p{L}/u;
/** A person is not older than this many years; an earlier date is a typing error. */
const OLDEST = 130;
const WRITTEN_DATE = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$|^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const WRITTEN_TIME = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

/** Arabic-Indic and Persian digits as Latin ones, since people type with the keyboard that they have. */
const latinDigits = (text: string): string => text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

type DateProblem = 'date_format' | 'date_month' | 'date_day' | 'date_future' | 'date_old';
export type ReadDate = { readonly date: string | null } | { readonly problem: DateProblem; readonly month?: Temporal.PlainYearMonth };

/**
 * Reads a birth date written day, month, year (or as ISO). Empty is no date. `today` is the clinic's date: later ones are refused,
 * as are days that their month does not have.
 */
export const readBirthDate = (text: string, today: string): ReadDate => {
  const written = latinDigits(text).trim();
  if (written === '') return { date: null };
  const match = WRITTEN_DATE.exec(written);
  if (!match) return { problem: 'date_format' };
  const [day, month, year] = (match[4] ? [match[6], match[5], match[4]] : [match[1], match[2], match[3]]).map(Number) as [
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12) return { problem: 'date_month' };
  const yearMonth = Temporal.PlainYearMonth.from({ year, month });
  if (day < 1 || day > yearMonth.daysInMonth) return { problem: 'date_day', month: yearMonth };
  const date = yearMonth.toPlainDate({ day });
  const now = Temporal.PlainDate.from(today);
  if (Temporal.PlainDate.compare(date, now) > 0) return { problem: 'date_future' };
  if (now.year - year > OLDEST) return { problem: 'date_old' };
  return { date: date.toString() };
};

/** Minutes after midnight of a time such as `9:30`, `0930` or `9.30`; null when empty; undefined when it is no time. */
export const readTime = (text: string): number | null | undefined => {
  const written = latinDigits(text).trim();
  if (written === '') return null;
  const match = WRITTEN_TIME.exec(written);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
};

/** The moment of a clock time within a service day: before the day's start it belongs to the next calendar day. */
export const timeOnDay = (minutes: number, day: ServiceDay, zone: string, dayStart: number): Instant => {
  const date = Temporal.PlainDate.from(day).add({ days: minutes < dayStart ? 1 : 0 });
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds as Instant;
};

/** What the rules know of place and language. */
export interface FormClock {
  /** BCP 47, for the names of months. */
  readonly language: string;
  readonly today: string;
  readonly day: ServiceDay;
  readonly zone: string;
  readonly dayStart: number;
}

/** What a valid form says: values as commands want them. */
export interface ReadPatientForm {
  readonly name: string;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly mrn: string | null;
  readonly appointment: Instant | null;
  readonly notes: string;
  readonly priority: string;
  readonly hideName: boolean;
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** The form's rules, each with a message that says what is wrong and what to write instead. */
export const patientFormSchema = (t: Translate, { language, today, day, zone, dayStart }: FormClock) => {
  const dateMessage = (read: Exclude<ReadDate, { date: string | null }>): string => {
    if (read.problem !== 'date_day' || !read.month) return t(`desk:form_${read.problem}`);
    const { year, month, daysInMonth } = read.month;
    const two = (value: number) => String(value).padStart(2, '0');
    return t('desk:form_date_day', {
      month: new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1)),
      days: daysInMonth,
      example: `${two(daysInMonth)}/${two(month)}/${year}`,
    });
  };
  return z.object({
    name: z
      .string()
      .trim()
      .transform((name) => name.replace(/\s+/g, ' '))
      .superRefine((name, context) => {
        if (name === '') context.addIssue({ code: 'custom', message: t('desk:form_name_empty') });
        else if (name.length > 120) context.addIssue({ code: 'custom', message: t('desk:form_name_long', { length: name.length }) });
        else if (!LETTER.test(name)) context.addIssue({ code: 'custom', message: t('desk:form_name_absurd') });
      }),
    birthDate: z.string().transform((text, context) => {
      const read = readBirthDate(text, today);
      if ('date' in read) return read.date;
      context.addIssue({ code: 'custom', message: dateMessage(read) });
      return z.NEVER;
    }),
    phone: z
      .string()
      .trim()
      .superRefine((phone, context) => {
        if (phone !== '' && (!/^[+\d\s()/.٠-٩-]{4,40}$/.test(phone) || !/\d|[٠-٩]/.test(phone)))
          context.addIssue({ code: 'custom', message: t('desk:form_phone') });
      })
      .transform(orNull),
    mrn: z
      .string()
      .trim()
      .superRefine((mrn, context) => {
        if (mrn.length > 40) context.addIssue({ code: 'custom', message: t('desk:form_mrn_long') });
      })
      .transform(orNull),
    appointment: z.string().transform((text, context) => {
      const minutes = readTime(text);
      if (minutes === null) return null;
      if (minutes !== undefined) return timeOnDay(minutes, day, zone, dayStart);
      context.addIssue({ code: 'custom', message: t('desk:form_time') });
      return z.NEVER;
    }),
    notes: z
      .string()
      .trim()
      .superRefine((notes, context) => {
        if (notes.length > 1000) context.addIssue({ code: 'custom', message: t('desk:form_notes_long', { length: notes.length }) });
      }),
    priority: z.string().min(1),
    hideName: z.boolean(),
  });
};
