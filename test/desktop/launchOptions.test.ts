import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLaunchOptions } from '../../src-main/launchOptions';

describe("the application's flags", () => {
  it('are read in both spellings, and others are left to Chromium', () => {
    const options = parseLaunchOptions([
      '.',
      '--no-sandbox',
      '--data=d',
      '--port',
      '7500',
      '--demo',
      '--remote-debugging-port=0',
      '--name',
      ' Front desk ',
    ]);
    expect(options).toEqual({
      data: resolve('d'),
      port: 7500,
      demo: true,
      join: undefined,
      code: undefined,
      name: 'Front desk',
      monitor: true,
      lan: false,
    });
  });

  it('may leave the monitor closed and open the network', () => {
    expect(parseLaunchOptions(['--no-monitor', '--lan'])).toMatchObject({ monitor: false, lan: true });
  });

  it.each([
    [['--port', 'x'], /--port x/],
    [['--port', '65536'], /65536/],
    [['--port=-1'], /port/],
    [['--data'], /--data needs a value/],
    [['--name', '--demo'], /--name needs a value/],
    [['--join', '10.0.0.5'], /--code/],
  ])('%j are refused in a sentence', (args, sentence) => {
    expect(() => parseLaunchOptions(args)).toThrow(sentence);
  });

  it('never give a port that is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let port: number | undefined;
        try {
          port = parseLaunchOptions([`--port=${text}`]).port;
        } catch {
          return;
        }
        expect(Number.isInteger(port) && (port ?? -1) >= 0 && (port ?? 65_536) <= 65_535).toBe(true);
      }),
    );
  });
});
