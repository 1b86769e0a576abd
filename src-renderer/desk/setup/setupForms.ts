import type { QueueId, ServicePointId } from '@shared/domain/ids';
import type { Provider, Queue, ServicePoint, Site } from '@shared/domain/rows';
import { isZone } from '@shared/engine/serviceDay';
import type { Translate } from '@shared/i18n/translate';
import { z } from 'zod';

/** What the set-up's forms hold as text, and the rules by which it becomes rows. */

const name = (t: Translate) => z.string().trim().min(1, t('desk:setup_name_empty')).max(120, t('desk:setup_name_long'));
const arabicName = (t: Translate) => z.string().trim().max(120, t('desk:setup_name_long'));
/** A wording that is left empty is none. */
const translations = (row: { readonly translations: Site['translations'] }, ar: string): Site['translations'] => {
  const { ar: _former, ...others } = row.translations;
  return ar === '' ? others : { ...others, ar };
};

export const siteForm = {
  typed: (site: Site) => ({ name: site.name, ar: site.translations.ar ?? '', zone: site.zone }),
  schema: (t: Translate) => z.object({ name: name(t), ar: arabicName(t), zone: z.string().trim().refine(isZone, t('desk:setup_zone')) }),
  row: (site: Site, { name: given, ar, zone }: { name: string; ar: string; zone: string }): Site => ({
    ...site,
    name: given,
    translations: translations(site, ar),
    zone,
  }),
};

const wholeNumber = (least: number, most: number, message: string) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);

export const queueForm = {
  typed: (queue: Queue) => ({
    name: queue.name,
    ar: queue.translations.ar ?? '',
    prefix: queue.prefix,
    capacity: queue.capacity === null ? '' : String(queue.capacity),
    visitLength: String(queue.visitLength),
    open: queue.open,
  }),
  /** `taken`: the ticket letters of the other queues. */
  schema: (t: Translate, taken: ReadonlySet<string>) =>
    z.object({
      name: name(t),
      ar: arabicName(t),
      prefix: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{1,3}$/, t('desk:setup_prefix'))
        .refine((prefix) => !taken.has(prefix), t('desk:setup_prefix_taken')),
      capacity: z.union([z.literal('').transform(() => null), wholeNumber(1, 10_000, t('desk:setup_capacity'))]),
      visitLength: wholeNumber(1, 480, t('desk:setup_visit_length')),
      open: z.boolean(),
    }),
  row: (queue: Queue, { ar, ...read }: Pick<Queue, 'name' | 'prefix' | 'capacity' | 'visitLength' | 'open'> & { ar: string }): Queue => ({
    ...queue,
    ...read,
    translations: translations(queue, ar),
  }),
};

export const servicePointForm = {
  typed: (point: ServicePoint) => ({
    name: point.name,
    ar: point.translations.ar ?? '',
    kind: point.kind,
    queueIds: [...point.queueIds] as string[],
  }),
  schema: (t: Translate) =>
    z.object({ name: name(t), ar: arabicName(t), kind: z.enum(['room', 'counter']), queueIds: z.array(z.string()) }),
  row: (
    point: ServicePoint,
    { ar, queueIds, ...read }: Pick<ServicePoint, 'name' | 'kind'> & { ar: string; queueIds: string[] },
  ): ServicePoint => ({
    ...point,
    ...read,
    queueIds: queueIds as QueueId[],
    translations: translations(point, ar),
  }),
};

export const providerForm = {
  typed: (provider: Provider) => ({
    name: provider.name,
    ar: provider.translations.ar ?? '',
    servicePointId: (provider.servicePointId ?? '') as string,
    status: provider.status,
  }),
  schema: (t: Translate) =>
    z.object({ name: name(t), ar: arabicName(t), servicePointId: z.string(), status: z.enum(['available', 'break', 'off']) }),
  row: (
    provider: Provider,
    { ar, servicePointId, ...read }: Pick<Provider, 'name' | 'status'> & { ar: string; servicePointId: string },
  ): Provider => ({
    ...provider,
    ...read,
    servicePointId: servicePointId === '' ? null : (servicePointId as ServicePointId),
    translations: translations(provider, ar),
  }),
};
