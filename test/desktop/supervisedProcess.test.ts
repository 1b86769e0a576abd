import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ChildHandle, type Schedule, SupervisedProcess } from '../../src-main/system/supervisedProcess';
import { temporaryFolder } from './temporary';

/** A real process: answers what it is sent, dies when told to, and ends when asked to stop (unless it is stubborn). */
const PROGRAM = `
  process.on('message', (message) => {
    if (message.type === 'die') process.exit(7);
    else if (message.type === 'stop') { if (!message.stubborn) process.exit(0); }
    else process.send({ echo: message });
  });
  process.send({ type: 'up' });
`;

/** Time that passes only when the test says so. */
const manualTime = () => {
  const waiting: { after: number; run: () => void; off: boolean }[] = [];
  const schedule: Schedule = (after, run) => {
    const entry = { after, run, off: false };
    waiting.push(entry);
    return () => {
      entry.off = true;
    };
  };
  return {
    schedule,
    /** The waits under way that are shorter than a minute: restarts and patience. */
    short: () => waiting.filter(({ after, off }) => !off && after < 60_000).map(({ after }) => after),
    pass(below = Number.POSITIVE_INFINITY) {
      for (const entry of waiting.splice(0)) {
        if (entry.off) continue;
        if (entry.after < below) entry.run();
        else waiting.push(entry);
      }
    },
  };
};

const supervised = () => {
  const file = join(temporaryFolder(), 'program.cjs');
  writeFileSync(file, PROGRAM);
  const time = manualTime();
  const children: ChildProcess[] = [];
  const messages: { message: unknown; generation: number }[] = [];
  const deaths: boolean[] = [];
  let noticed: () => void = () => undefined;
  const until = async (met: () => boolean): Promise<void> => {
    while (!met()) {
      await new Promise<void>((resolve) => {
        noticed = resolve;
      });
    }
  };
  const supervisor = new SupervisedProcess<never>({
    fork: () => {
      const child = fork(file, { stdio: 'ignore' });
      children.push(child);
      const handle: ChildHandle<never> = {
        postMessage: (message) => void child.send(message as object),
        on: (event: 'message' | 'exit', listener: (value: never) => void) => child.on(event, (value: unknown) => listener(value as never)),
        kill: () => child.kill('SIGKILL'),
      };
      return handle;
    },
    started: () => undefined,
    message: (message, generation) => {
      messages.push({ message, generation });
      noticed();
    },
    died: (again) => {
      deaths.push(again);
      noticed();
    },
    schedule: time.schedule,
  });
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  const ups = () => messages.filter(({ message }) => (message as { type?: string }).type === 'up').map(({ generation }) => generation);
  return { supervisor, time, children, messages, deaths, until, ups };
};

describe('a supervised process', () => {
  it('is started again after it died, as another generation', async () => {
    const { supervisor, time, deaths, until, ups } = supervised();
    supervisor.start();
    await until(() => ups().length === 1);
    supervisor.post({ type: 'die' });
    await until(() => deaths.length === 1);
    expect(deaths).toEqual([true]);
    expect(supervisor.post({ type: 'hello' })).toBe(false);
    time.pass(60_000);
    await until(() => ups().length === 2);
    expect(ups()).toEqual([1, 2]);
  });

  it('waits longer each time, and is left alone after three deaths in a row', async () => {
    const { supervisor, time, deaths, until, ups } = supervised();
    supervisor.start();
    const waits: number[][] = [];
    for (const death of [1, 2, 3]) {
      await until(() => ups().length === death);
      supervisor.post({ type: 'die' });
      await until(() => deaths.length === death);
      waits.push(time.short());
      time.pass(60_000);
    }
    expect(deaths).toEqual([true, true, false]);
    expect(waits).toEqual([[200], [1_000], []]);
    expect(supervisor.circuitOpen).toBe(true);
    supervisor.start();
    await until(() => ups().length === 4);
    expect(supervisor.circuitOpen).toBe(false);
  });

  it('that held for a minute may die again as often', async () => {
    const { supervisor, time, deaths, until, ups } = supervised();
    supervisor.start();
    for (const death of [1, 2, 3, 4]) {
      await until(() => ups().length === death);
      time.pass();
      supervisor.post({ type: 'die' });
      await until(() => deaths.length === death);
      time.pass(60_000);
    }
    expect(deaths).toEqual([true, true, true, true]);
  });

  it('ends when it is asked to, and is not started again', async () => {
    const { supervisor, time, children, deaths, until, ups } = supervised();
    supervisor.start();
    await until(() => ups().length === 1);
    await supervisor.stop({ type: 'stop' }, 5_000);
    expect(children[0]?.exitCode).toBe(0);
    expect(deaths).toEqual([]);
    expect(time.short()).toEqual([]);
    expect(supervisor.running).toBe(false);
  });

  it('is ended by force when it does not listen', async () => {
    const { supervisor, time, children, until, ups } = supervised();
    supervisor.start();
    await until(() => ups().length === 1);
    const stopped = supervisor.stop({ type: 'stop', stubborn: true }, 5_000);
    const [child] = children;
    const ended = child ? once(child, 'exit') : Promise.reject(new Error('no child'));
    time.pass(60_000);
    await Promise.all([stopped, ended]);
    expect(child?.signalCode).toBe('SIGKILL');
  });

  it('waiting for its restart is not started after a stop', async () => {
    const { supervisor, time, children, deaths, until, ups } = supervised();
    supervisor.start();
    await until(() => ups().length === 1);
    supervisor.post({ type: 'die' });
    await until(() => deaths.length === 1);
    await supervisor.stop({ type: 'stop' }, 5_000);
    time.pass();
    expect(children).toHaveLength(1);
  });
});
