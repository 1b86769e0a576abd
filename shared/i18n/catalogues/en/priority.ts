/** Names of the levels of the standard scale, by key. An own level without a wording shows its key. */
export const priority = {
  routine: 'Routine',
  standard: 'Standard',
  urgent: 'Urgent',
  very_urgent: 'Very urgent',
  emergency: 'Emergency',
};
