import { describe, expect, it } from 'vitest';
import { createGate, FailureError, type Sender } from '../../src-main/ipc/gate';
import { ORIGIN } from '../../src-main/system/pages';

const desk: Sender = { windowId: 1, kind: 'desk', top: true, url: `${ORIGIN}/desk.html` };
const joining = { name: 'joinClinic', input: { address: '10.0.0.5', code: 'ABCD-EFGH', deviceName: 'Desk 2' } };

const gateWith = (join: (input: unknown) => Promise<unknown> = async () => ({ siteName: 'North' })) => {
  const calls: string[] = [];
  const gate = createGate(ORIGIN, {
    connect: async (_input, sender) => {
      calls.push(`connect ${sender.kind} ${sender.windowId}`);
      return {};
    },
    showMonitor: async () => {
      calls.push('showMonitor');
      return { shown: true };
    },
    joinClinic: async (input) => {
      calls.push(`join ${input.address}`);
      return join(input);
    },
  });
  return { gate, calls };
};

describe('requests of windows to main', () => {
  it('reach their handler with what the schema gave, and the sender that Electron names', async () => {
    const { gate, calls } = gateWith();
    expect(await gate(desk, { name: 'connect', input: {} })).toEqual({ ok: true, data: {} });
    expect(await gate(desk, joining)).toEqual({ ok: true, data: { siteName: 'North' } });
    expect(calls).toEqual(['connect desk 1', 'join 10.0.0.5']);
  });

  it.each<[string, Sender]>([
    ['an embedded frame', { ...desk, top: false }],
    ['a window that is not ours', { ...desk, kind: undefined }],
    ['a foreign page', { ...desk, url: 'https://example.org/desk.html' }],
    ['a host that only begins like ours', { ...desk, url: `${ORIGIN}.example.org/desk.html` }],
    ['no page at all', { ...desk, url: '' }],
  ])('are refused from %s', async (_case, sender) => {
    const { gate, calls } = gateWith();
    expect(await gate(sender, { name: 'showMonitor', input: {} })).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(calls).toEqual([]);
  });

  it('are refused from a kind of window that has no business with them', async () => {
    const { gate, calls } = gateWith();
    const monitor: Sender = { windowId: 2, kind: 'monitor', top: true, url: `${ORIGIN}/monitor.html` };
    expect(await gate(monitor, joining)).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await gate(monitor, { name: 'connect', input: {} })).toEqual({ ok: true, data: {} });
    expect(calls).toEqual(['connect monitor 2']);
  });

  it.each([
    ['nothing', undefined],
    ['an unknown name', { name: 'quit', input: {} }],
    ["a name of the object's own", { name: 'toString', input: {} }],
    ['input of another shape', { name: 'joinClinic', input: { address: 5 } }],
    ['more than was asked', { name: 'connect', input: { windowId: 7 } }],
  ])('are refused with a field or a reason for %s', async (_case, message) => {
    const { gate, calls } = gateWith();
    expect(await gate(desk, message)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(calls).toEqual([]);
  });

  it('name the field at fault', async () => {
    const { gate } = gateWith();
    const answer = await gate(desk, { ...joining, input: { ...joining.input, deviceName: ' ' } });
    expect(answer).toMatchObject({ ok: false, error: { field: 'deviceName' } });
  });

  it('carry failures across as data, and other errors as their message without a stack', async () => {
    const failure = { code: 'wrong_code', message: 'The code is wrong.', field: 'code' };
    const told = gateWith(async () => {
      throw new FailureError(failure);
    });
    expect(await told.gate(desk, joining)).toEqual({ ok: false, error: failure });
    const broken = gateWith(async () => {
      throw new TypeError('x is undefined');
    });
    expect(await broken.gate(desk, joining)).toEqual({ ok: false, error: { code: 'failed', message: 'x is undefined' } });
  });
});
