/** Words of buttons and fields that every screen has. */
export const common = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved',
  done: 'Done',
  optional: 'optional',
};
