// @vitest-environment happy-dom
import './screenEnvironment';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useSettings } from '@/desk/settings';
import { asName, Words } from '@/ui/Words';
import { openDesk, outside } from './deskOnCore';

describe('Arabic', () => {
  it('turns the page round and speaks Arabic; tickets stay left to right', async () => {
    const { user } = await openDesk(['Ana Sol']);
    expect(document.documentElement).toMatchObject({ lang: 'en', dir: 'ltr' });
    await user.click(screen.getByRole('button', { name: 'Desk 1: settings' }));
    await user.click(await screen.findByRole('radio', { name: 'العربية' }));
    expect(document.documentElement).toMatchObject({ lang: 'ar', dir: 'rtl' });
    expect(screen.getByRole('heading', { level: 1, hidden: true }).textContent).toBe('عامة');
    expect(screen.getByText('عيادة شارع المرفأ')).toBeTruthy();
    for (const ticket of document.querySelectorAll('.ticket')) expect(ticket.getAttribute('dir')).toBe('ltr');
    expect(document.body.textContent).not.toContain('Waiting');
  });

  it('the theme and density that a person chose are on the page', async () => {
    await openDesk();
    await outside(() => useSettings.getState().change({ theme: 'dark', density: 'compact' }));
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' });
  });
});

describe('figures in a sentence', () => {
  const shown = (sentence: string) => {
    const { container } = render(<Words>{sentence}</Words>);
    return { text: container.textContent, figures: [...container.querySelectorAll('.num')].map((figure) => figure.textContent) };
  };

  it.each([
    ['Urgent +50 · waited 41 · appointment 09:55 +40', ['+50', '41', '09:55', '+40']],
    ['A012 was called by Desk 2 at 10:02.', ['A012', '2', '10:02']],
    ['A-B07 put on hold', ['A-B07']],
    ['نودي \u2068A012\u2069 في 10:02، ثم 3', ['A012', '10:02', '3']],
    ['no figure here', []],
  ])('finds them in “%s”', (sentence, figures) => {
    expect(shown(sentence)).toEqual({ text: sentence.replace(/[\u2068\u2069]/g, ''), figures });
  });

  it('leaves those of a name alone', () => {
    expect(shown(`waited 12 · ${asName('Room 3')} only`)).toEqual({ text: 'waited 12 · Room 3 only', figures: ['12'] });
  });
});
