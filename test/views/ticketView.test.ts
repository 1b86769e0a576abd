import { buildTicketView } from '@shared/views/buildTicketView';
import { describe, expect, it } from 'vitest';
import { at, createClinic } from './clinic';

describe('the ticket page', () => {
  it('shows place and people ahead without a name, an id or anything of others', () => {
    const clinic = createClinic();
    clinic.add(at(0), { name: 'Somebody Else', phone: '+447700900123' });
    const entry = clinic.add(at(1), { name: 'Leila Mansour', mrn: '40217' }, { notes: 'Interpreter' });
    const view = buildTicketView({ state: clinic.state, link: entry.link, now: at(10) });
    expect(view).toMatchObject({
      ticket: 'A002',
      state: 'waiting',
      ahead: 1,
      position: 2,
      place: null,
      calledAt: null,
      queue: { name: 'General consultation' },
    });
    expect(JSON.stringify(view)).not.toMatch(/Leila|Mansour|Somebody|7700|40217|Interpreter|A001/);
    expect(JSON.stringify(view)).not.toContain(entry.id);
  });

  it('says where to go when called, and thanks at the end', () => {
    const clinic = createClinic();
    const entry = clinic.add(at(0));
    clinic.call(entry.id, at(5));
    const of = (minutes: number) => buildTicketView({ state: clinic.state, link: entry.link, now: at(minutes) });
    expect(of(5)).toMatchObject({ state: 'called', place: { name: 'Room 1' }, calledAt: at(5), ahead: null, estimate: null });
    clinic.act({ type: 'startService', args: { entryId: entry.id, servicePointId: clinic.room.id } }, at(6));
    expect(of(6)).toMatchObject({ state: 'in_service', place: { name: 'Room 1' }, calledAt: null });
    clinic.act({ type: 'complete', args: { entryId: entry.id } }, at(9));
    expect(of(9)).toMatchObject({ state: 'ended', place: null });
  });

  it('knows nothing of another link', () => {
    const clinic = createClinic();
    clinic.add(at(0));
    expect(buildTicketView({ state: clinic.state, link: 'AAAAAAAAAAAAAAAAAAAAAA', now: at(1) })).toBeNull();
  });
});
