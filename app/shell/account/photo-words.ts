import { defineWords } from '../../kernel/words.ts';

/** When photos may leave this device; apart from the other words, because those load with the frame. */
export const words = defineWords('photo-wishes', {
  photos: 'Photos on this device',
  wifi_only: 'Send photos only on Wi-Fi',
  wifi_only_hint: 'On mobile data or with data saver on, photos wait. Claims and changes still go.',
  wifi_only_unknown: 'This browser does not say whether you are on Wi-Fi, so photos are always sent.',
  spare_battery: 'Wait with photos when the battery is low',
  spare_battery_hint: 'Below 20 %, photos wait until you charge. Claims and changes still go.',
  spare_battery_unknown: 'This browser does not tell the state of the battery, so photos are always sent.',
});
