import { isMessageKey, type Translate } from '@shared/i18n/translate';
import type { Failure } from '@shared/views/envelope';

/** The sentence of an error's code, or the English one that it came with. */
export const failureWords = ({ code, message }: Pick<Failure, 'code' | 'message'>, t: Translate): string => {
  const key = `error:${code}`;
  return isMessageKey(key) ? t(key) : message;
};
