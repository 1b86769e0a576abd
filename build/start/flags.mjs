/** The flags of `npm start`: name, whether it takes a value, and what it does. */
const FLAGS = [
  ['data', 'DIR', "folder of this PC's data"],
  ['port', 'N', 'port of the sync server on this PC (7420)'],
  ['demo', null, 'fill a new clinic with a believable morning'],
  ['join', 'ADDRESS', 'join the clinic of another PC, with --code'],
  ['code', 'CODE', 'the short code that the other PC shows'],
  ['name', 'NAME', 'what this desk is called'],
  ['no-monitor', null, 'do not open the waiting-room monitor'],
  ['browser', null, 'serve desk, monitor and tickets to a browser, without windows'],
  ['lan', null, 'let other PCs on the network reach the sync server from the start'],
  ['help', null, 'show this'],
];

export const usage = () =>
  ['npm start -- [flags]', ...FLAGS.map(([name, value, about]) => `  ${`--${name}${value ? ` ${value}` : ''}`.padEnd(18)} ${about}`)].join(
    '\n',
  );

/**
 * Reads `--flag value` and `--flag=value`. Throws an error whose message is the sentence to print: for an unknown flag, a
 * value that is missing or not asked for, and a port that is none.
 */
export const readFlags = (args) => {
  const flags = {};
  for (let i = 0; i < args.length; i += 1) {
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[i]);
    const flag = match && FLAGS.find(([name]) => name === match[1]);
    if (!flag) throw new Error(`${args[i]} is not a flag of npm start. npm start -- --help lists them.`);
    const [name, wants] = flag;
    if (!wants) {
      if (match[2] !== undefined) throw new Error(`--${name} takes no value.`);
      flags[name] = true;
      continue;
    }
    if (match[2] === undefined) i += 1;
    const value = match[2] ?? args[i];
    if (value === undefined || value === '' || value.startsWith('--')) throw new Error(`--${name} needs a value: --${name} ${wants}.`);
    flags[name] = value;
  }
  if (flags.port !== undefined && !(/^\d+$/.test(flags.port) && Number(flags.port) <= 65_535)) {
    throw new Error(`--port ${flags.port} is not a port number: use 1 to 65535, such as 7420.`);
  }
  if (flags.join !== undefined && flags.code === undefined)
    throw new Error('--join needs --code CODE, the short code that the other PC shows.');
  return flags;
};

/** The same flags for the application, without those that only `npm start` itself knows. */
export const flagsForApp = (flags) =>
  Object.entries(flags)
    .filter(([name]) => name !== 'browser' && name !== 'help')
    .flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, value]));
