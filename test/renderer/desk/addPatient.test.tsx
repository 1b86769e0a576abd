// @vitest-environment happy-dom
import './screenEnvironment';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ids, openDesk, ticketsShown } from './deskOnCore';

const sheet = () => screen.getByRole('dialog', { name: 'Add patient' });
const field = (name: string | RegExp) => within(sheet()).getByRole('textbox', { name });

it('adds a patient with the keyboard alone: N, a name, Ctrl Enter', async () => {
  const { user, bridge } = await openDesk();
  await user.keyboard('n');
  expect(document.activeElement).toBe(within(sheet()).getByRole('combobox'));
  await user.keyboard('Tomás Herrera');
  expect(within(sheet()).getByText('A-A01')).toBeTruthy();
  await user.keyboard('{Control>}{Enter}{/Control}');

  expect(screen.queryByRole('dialog', { name: 'Add patient' })).toBeNull();
  expect(ticketsShown()).toEqual(['A-A01']);
  const row = screen.getByRole('row', { name: /Tomás Herrera/ });
  expect(within(row).getByText('1')).toBeTruthy();
  const [intent] = bridge.dispatched;
  expect(intent?.type).toBe('addToQueue');
  if (intent?.type === 'addToQueue') {
    expect(intent.args).toMatchObject({
      queueId: ids.general,
      priority: 'routine',
      appointmentAt: null,
      patient: { name: 'Tomás Herrera', birthDate: null },
    });
    expect(intent.args.link).toMatch(/^[\w-]{22}$/);
  }
});

it('shows the ticket that the patient then gets, and what to tell them', async () => {
  const { user, bridge } = await openDesk(['Ana Sol']);
  await user.keyboard('n');
  const promised = bridge.view.queues[0]?.nextTicket.text ?? '';
  expect(within(sheet()).getByText(promised)).toBeTruthy();
  expect(within(sheet()).getByText(/about/).textContent).toMatch(/about \d+ min, under \d+/);
  await user.keyboard('Bo Lind{Control>}{Enter}{/Control}');
  expect(ticketsShown()).toContain(promised);
});

it.each([
  ['', 'Write the patient’s name.'],
  ['12345 !!', 'A name has letters. Write it as on the identity card.'],
  ['x'.repeat(121), 'This name has 121 characters; at most 120 fit. Shorten it.'],
])('refuses the name “%s” under its field and sends nothing', async (name, message) => {
  const { user, bridge } = await openDesk();
  await user.keyboard('n');
  if (name) await user.type(field('Full name'), name);
  await user.keyboard('{Control>}{Enter}{/Control}');
  const input = field('Full name');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe(message);
  expect(bridge.dispatched).toEqual([]);
});

it.each([
  ['31/02/1988', 'February 1988 has 29 days. Write the day, month and year, such as 29/02/1988.'],
  ['24/11/2026', 'This date is still to come. Write the date of birth.'],
  ['12/13/1990', 'There are 12 months. Write the day, month and year, such as 28/02/1988.'],
  ['yesterday', 'Write the day, month and year, such as 28/02/1988.'],
  ['01/01/1850', 'That is more than 130 years ago. Look at the year again.'],
])('refuses the date of birth %s with what to write', async (date, message) => {
  const { user, bridge } = await openDesk();
  await user.keyboard('n');
  await user.keyboard('Meera Nair');
  await user.type(field(/Date of birth/), date);
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(within(sheet()).getByRole('alert').textContent).toBe(message);
  expect(field(/Date of birth/).getAttribute('aria-describedby')).toBe(within(sheet()).getByRole('alert').id);
  expect(bridge.dispatched).toEqual([]);
});

it('takes priority, appointment, note and "never show the name" with the patient', async () => {
  const { user, bridge } = await openDesk();
  await user.keyboard('n');
  await user.keyboard('Ana Sol');
  await user.click(within(sheet()).getByRole('radio', { name: 'Urgent' }));
  await user.type(field(/Appointment/), '1030');
  await user.type(field(/Date of birth/), '14.3.1986');
  await user.type(field(/Phone/), '0555 010 188');
  await user.type(field(/File number/), '77');
  await user.type(field(/Note/), 'Needs an interpreter');
  await user.click(within(sheet()).getByRole('switch'));
  await user.click(within(sheet()).getByRole('button', { name: /Add to queue/ }));
  expect(bridge.dispatched[0]).toMatchObject({
    args: {
      priority: 'urgent',
      appointmentAt: Date.UTC(2026, 10, 23, 10, 30),
      notes: 'Needs an interpreter',
      patient: { name: 'Ana Sol', birthDate: '1986-03-14', phone: '0555 010 188', mrn: '77', hideName: true },
    },
  });
});

it('finds a known patient by a part of the name and adds that patient, not a new one', async () => {
  const { user, bridge } = await openDesk();
  await user.keyboard('n');
  await user.keyboard('nair');
  await screen.findByRole('option', { name: /Priya Nair/ });
  await user.keyboard('{ArrowDown}{Enter}');
  expect((field('Full name') as HTMLInputElement).value).toBe('Priya Nair');
  expect((field(/Date of birth/) as HTMLInputElement).value).toBe('14/03/1986');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(bridge.dispatched[0]).toMatchObject({
    args: { patient: { id: ids.known, name: 'Priya Nair', mrn: '20418', birthDate: '1986-03-14' } },
  });
});

it('leads to the row of a patient who waits already instead of giving a second ticket', async () => {
  const { user, bridge } = await openDesk(['Ana Sol', 'Bo Lind']);
  await user.keyboard('n');
  await user.keyboard('bo l');
  await screen.findByRole('option', { name: /Waiting as A-A02/ });
  await user.keyboard('{ArrowDown}{Enter}');
  expect(screen.queryByRole('dialog', { name: 'Add patient' })).toBeNull();
  expect(screen.getByRole('row', { name: /Bo Lind/ }).getAttribute('aria-selected')).toBe('true');
  expect(bridge.dispatched).toEqual([]);
});

it('keeps what was typed and says why when the engine refuses', async () => {
  const { user, bridge } = await openDesk();
  bridge.refuseNext = { code: 'queue_full', message: 'The queue is full.', detail: { queue: 'General', limit: 20 } };
  await user.keyboard('n');
  await user.keyboard('Ana Sol{Control>}{Enter}{/Control}');
  expect(within(sheet()).getByRole('alert').textContent).toContain('General is full (20).');
  expect((field('Full name') as HTMLInputElement).value).toBe('Ana Sol');
});

it('closes with Esc and adds nothing', async () => {
  const { user, bridge } = await openDesk();
  await user.keyboard('n');
  await user.keyboard('Ana{Escape}');
  expect(screen.queryByRole('dialog', { name: 'Add patient' })).toBeNull();
  expect(bridge.dispatched).toEqual([]);
});
