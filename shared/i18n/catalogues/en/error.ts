/** Why something could not be done, by the code of a `Failure` that reaches a screen: what is wrong, and how to put it right. */
export const error = {
  // this machine
  disk_full: 'The disk is full, so nothing more can be recorded here. Free some space, then try again; nothing recorded so far is lost.',
  read_only: 'The data folder is read-only. Give this program the right to write there, then start it again.',
  not_written: 'The data folder cannot be written to. Free some space or allow writing there, then try again.',
  newer_version: 'The data was written by a newer version of Anteroom. Install that version or a later one.',
  corrupt: 'The data file cannot be read. Keep it as it is and restore the last backup.',
  busy: 'Another program holds the data file. Close it, then try again.',
  failed: 'The data on this PC cannot be opened. It is left untouched; restart, and if that does not help restore a backup.',
  store_failed: 'This could not be saved. Try again; nothing recorded before is lost.',
  device_unreadable:
    'This PC’s pairing cannot be read. Join the clinic again with a code from another desk; what is recorded here is kept.',
  replica_died: 'The part of Anteroom that records changes stopped and is started again. What was recorded is safe.',
  replica_restarted: 'This desk’s database was started again in the middle of this. Look whether it was done before you repeat it.',
  replica_unavailable: 'This desk cannot reach its database now. Nothing was changed; try again in a moment.',
  stopping: 'This desk is closing. Nothing was changed.',
  view_only: 'Another tab of this browser is the desk; this one only shows. Go on in the other tab.',
  unsupported_browser: 'This browser cannot keep the desk’s data. Use a current Chrome, Edge, Firefox or Safari.',

  // the clinic's server
  server_unreachable: 'The server does not answer. Check the address and the network; a desk keeps working meanwhile.',
  unreachable: 'The server does not answer at this address. Check the address and the network.',
  not_a_server: 'This address answers, but not as an Anteroom server of this version. Check the address and the port.',
  bad_address: 'This is not an address of a server. It looks like 192.168.1.20:7420.',
  port_in_use: 'Another program uses the server’s port. Close it, or start with another port.',
  server_stopped: 'The sync server on this PC is not running. Restart Anteroom; this desk keeps working meanwhile.',
  server_silent: 'The sync server on this PC does not answer. Restart Anteroom; this desk keeps working meanwhile.',
  server_died: 'The sync server on this PC ended unexpectedly and is started again. Desks go on offline meanwhile.',
  server_error: 'The server could not answer. Try again; the server’s log has the reason.',
  needs_server: 'This needs the server, which does not answer now. Try again when this desk is online.',
  offline: 'This needs the server, and this desk is offline. Try again when it is connected.',
  not_synced:
    'This desk has not reached its server yet, so there is nothing to show. Check that the server runs and the network is connected.',
  no_answer: 'The server did not answer in time. Try again.',
  timed_out: 'No answer came in time. Try again.',
  sync_failed: 'The server and this desk cannot agree on the list. Export the waiting changes and ask for help; they stay on this desk.',
  protocol_too_old: 'This version of Anteroom is too old for the clinic’s server. Install the current one; what is recorded here is kept.',
  protocol_too_new: 'The clinic’s server is older than this version of Anteroom. Update the server first; what is recorded here is kept.',
  site_mismatch: 'The server at this address belongs to another clinic. Check the address.',
  desks_depend: 'Other desks use the server on this PC and would go offline. Join them to the other clinic first.',

  // who this is
  not_paired: 'This device does not belong to a clinic yet. Join one with a code from another desk.',
  unauthenticated: 'The clinic does not know this device. Pair it again with a new code.',
  revoked: 'This device was removed from the clinic. Ask a supervisor to pair it again.',
  code_unknown: 'This code is not known here. Compare it letter by letter; five wrong tries make it void.',
  code_expired: 'This code has expired: codes work for ten minutes. Ask for a new one at a desk.',
  code_used: 'This code was used already: each works once. Ask for a new one at a desk.',
  code_void: 'This code is void after too many wrong tries. Ask for a new one at a desk.',
  code_for_other_role: 'This code is for another kind of device. Ask at a desk for a code for this one.',
  name_taken: 'Another device of the clinic has this name. Choose another one.',
  device_name_missing: 'Give this device a name, such as Desk 2.',
  no_site: 'This server has no clinic yet. Start it again.',
  origin_not_allowed: 'Pair from this server’s own page or from the Anteroom app.',
  too_many_tries: 'Too many tries. Wait a minute, then try again.',

  // what was asked
  invalid: 'Something is not filled in correctly. Correct the marked field.',
  malformed: 'The other side did not understand this version’s message. Update Anteroom on both.',
  too_large: 'This is too long. Shorten it and try again.',
  not_found: 'This does not exist (any more). Go back and choose again.',
  unknown: 'Something went wrong. Try again; if it happens again, restart Anteroom.',
};
