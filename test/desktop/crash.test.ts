import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addPatient, admitted, allEntries, DeskEnd, openedReplica, openQueue, runningServer } from './replicaDesk';
import { temporaryFolder } from './temporary';

/** The replica as a program of its own, so that it can be killed as a process is. */
const builtProgram = async (): Promise<string> => {
  const outDir = temporaryFolder();
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { '@shared': join(import.meta.dirname, '../../shared') } },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir,
      // beside the dependencies, so that the native module is found
      rollupOptions: {
        input: join(import.meta.dirname, 'replicaProgram.ts'),
        output: { format: 'cjs', entryFileNames: 'replicaProgram.cjs' },
      },
    },
  });
  return join(outDir, 'replicaProgram.cjs');
};

describe('a replica that is killed', () => {
  it('S4: has on disk every command that it answered, in order, and sends each once', { timeout: 60_000 }, async () => {
    const server = await runningServer(temporaryFolder());
    const member = await admitted(server, 'Desk 1');
    const folder = temporaryFolder();
    const first = openedReplica(folder, member);
    const view = await new DeskEnd(first.replica).view(({ connection }) => connection.state === 'online');
    first.stop();

    const program = await builtProgram();
    const answered: string[] = [];
    let lastN = 0;
    for (const killAfter of [1, 4, 9]) {
      const child = fork(program, { env: { ...process.env, NODE_PATH: join(import.meta.dirname, '../../node_modules') } });
      onTestFinished(() => void child.kill('SIGKILL'));
      let answers = 0;
      child.on('message', (message: { ready?: true; ok?: boolean; commandId?: string; n?: number }) => {
        if (message.ready) {
          const queue = openQueue(view);
          // far more than are answered before the end: it dies in the middle of its work
          for (let each = 0; each < 200; each += 1) {
            const add = addPatient(queue, `Patient ${killAfter}-${each}`);
            child.send({ ...add, args: { ...add.args, ticket: { letter: 'K', number: killAfter * 1_000 + each } } });
          }
          return;
        }
        expect(message).toMatchObject({ ok: true });
        answered.push(message.commandId ?? '');
        lastN = Math.max(lastN, message.n ?? 0);
        answers += 1;
        if (answers === killAfter) child.kill('SIGKILL');
      });
      child.send({ type: 'open', generation: 1, file: join(folder, 'replica.db'), device: member.device });
      await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
    }
    expect(answered.length).toBeGreaterThanOrEqual(14);

    const alone = openedReplica(folder, member, false);
    const desk = new DeskEnd(alone.replica);
    const exported = await desk.request('exportOutbox', {});
    const kept = exported.ok ? (JSON.parse(exported.data.text) as { commands: { id: string; n: number }[] }).commands : [];
    expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(answered));
    expect(kept.map(({ n }) => n)).toEqual(kept.map((_command, index) => (kept[0]?.n ?? 0) + index));
    expect(kept.at(-1)?.n).toBeGreaterThanOrEqual(lastN);
    alone.stop();

    const back = new DeskEnd(openedReplica(folder, member).replica);
    const synced = await back.view(({ connection }) => connection.state === 'online' && connection.pending === 0);
    const names = allEntries(synced)
      .map(({ patient }) => patient.name)
      .filter((name) => name.startsWith('Patient '));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(kept.length);
  });
});
