import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { Toast } from '@base-ui/react/toast';
import type { Locale } from '@shared/domain/rows';
import { directionOf } from '@shared/i18n/language';
import { createI18n } from '@shared/i18n/translate';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import { DeskScreen } from './DeskScreen';
import { type DeskConnection, DeskContext, useFeedState } from './deskFeed';
import { Loading } from './Loading';
import { ProblemScreen } from './ProblemScreen';
import { useSettings } from './settings';
import { toastManager } from './toasts';

const instances: Partial<Record<Locale, i18n>> = {};
const i18nOf = (locale: Locale): i18n => {
  const instance = instances[locale] ?? createI18n(locale);
  instances[locale] = instance;
  return instance;
};

const Content = () => {
  const { view, problem } = useFeedState();
  if (problem) return <ProblemScreen problem={problem} />;
  return view ? <DeskScreen /> : <Loading />;
};

/** The desk with its language and direction, whatever state it is in. */
export const DeskApp = ({ bridge, feed }: DeskConnection) => {
  const language = useSettings((state) => state.language);
  return (
    <CSPProvider disableStyleElements>
      <I18nextProvider i18n={i18nOf(language)}>
        <DirectionProvider direction={directionOf(language)}>
          <DeskContext value={{ bridge, feed }}>
            <Toast.Provider toastManager={toastManager} limit={1}>
              <Content />
            </Toast.Provider>
          </DeskContext>
        </DirectionProvider>
      </I18nextProvider>
    </CSPProvider>
  );
};
