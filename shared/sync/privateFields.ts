import type { Command, CommandArgs } from '../domain/commands';

/** A command as the log keeps it, and its personal fields apart (S22); null when it has none. */
export interface SplitCommand {
  readonly shown: Command;
  readonly hidden: Readonly<Record<string, unknown>> | null;
}

type PatientFields = CommandArgs<'addToQueue'>['patient'];

/** Stands for a patient whose fields lie apart; it passes the schemas, so that the log can be read without them. */
const unnamed = (patient: PatientFields): PatientFields => ({
  id: patient.id,
  name: '—',
  mrn: null,
  birthDate: null,
  phone: null,
  hideName: true,
});

/** Takes the personal fields out of a command. */
export function splitPrivate(command: Command): SplitCommand {
  switch (command.type) {
    case 'addToQueue': {
      const { patient, notes } = command.args;
      return { shown: { ...command, args: { ...command.args, patient: unnamed(patient), notes: '' } }, hidden: { patient, notes } };
    }
    case 'correct': {
      const { patient, notes } = command.args;
      return { shown: { ...command, args: { ...command.args, patient: unnamed(patient), notes: '' } }, hidden: { patient, notes } };
    }
    case 'bookAppointment': {
      const { patient } = command.args;
      return { shown: { ...command, args: { ...command.args, patient: unnamed(patient) } }, hidden: { patient } };
    }
    default:
      return { shown: command, hidden: null };
  }
}
