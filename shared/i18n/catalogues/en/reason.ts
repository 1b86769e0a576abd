/** Why an entry stands where it stands (engine.md, order): one wording per kind of `ReasonPart`. */
export const reason = {
  emergency: 'Emergency: goes before everyone',
  over_maximum: 'Waited over {{minutes}} min: goes before all but the most urgent',
  manual_after: 'Placed by hand after {{ticket}} · {{by}}, {{time}}',
  manual_before: 'Placed by hand before {{ticket}} · {{by}}, {{time}}',
  priority: '{{priority}} {{minutes}}',
  priority_plain: '{{priority}}',
  waited: 'waited {{minutes}}',
  appointment: 'appointment {{time}} {{minutes}}',
  appointment_plain: 'appointment {{time}}',
  appointment_late: 'late for the appointment at {{time}}',
  only_at: '{{servicePoint}} only',
  fifo: 'in order of arrival',
};
