import { LOCALES } from '@shared/domain/rows';
import { languages } from '@shared/i18n/language';
import { Switch } from '@/ui/Field';
import { Icon } from '@/ui/icons';
import { Popover } from '@/ui/Popover';
import { Segmented } from '@/ui/Segmented';
import { useWords } from '@/ui/useWords';
import { useView } from '../deskFeed';
import { type Density, type Theme, useSettings } from '../settings';

const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'contrast'];
const DENSITIES: readonly Density[] = ['comfortable', 'compact'];

/** The name of this PC, and how its desk looks and sounds. */
export const SettingsPopover = () => {
  const t = useWords();
  const { device } = useView();
  const { language, theme, density, sound, letterKeys, change } = useSettings();
  return (
    <Popover
      title={t('desk:settings_title')}
      trigger={
        <button type="button" className="btn btn-quiet who" aria-label={t('desk:settings_of', { device: device.name })}>
          <Icon name="settings" />
          <bdi>{device.name}</bdi>
        </button>
      }
    >
      <Segmented
        label={t('desk:language')}
        value={language}
        onChange={(value) => change({ language: value })}
        segments={LOCALES.map((locale) => ({ value: locale, label: languages[locale].name }))}
      />
      <Segmented
        label={t('desk:theme')}
        value={theme}
        onChange={(value) => change({ theme: value })}
        segments={THEMES.map((value) => ({ value, label: t(`desk:theme_${value}`) }))}
      />
      <Segmented
        label={t('desk:density')}
        value={density}
        onChange={(value) => change({ density: value })}
        segments={DENSITIES.map((value) => ({ value, label: t(`desk:density_${value}`) }))}
      />
      <Switch label={t('desk:sound')} checked={sound} onChange={(on) => change({ sound: on })} />
      <Switch label={t('desk:letter_keys')} checked={letterKeys} onChange={(on) => change({ letterKeys: on })} />
    </Popover>
  );
};
