import arrowLeftSvg from 'lucide-static/icons/arrow-left.svg?raw';
import banknoteSvg from 'lucide-static/icons/banknote.svg?raw';
import bedDoubleSvg from 'lucide-static/icons/bed-double.svg?raw';
import bellSvg from 'lucide-static/icons/bell.svg?raw';
import building2Svg from 'lucide-static/icons/building-2.svg?raw';
import busSvg from 'lucide-static/icons/bus.svg?raw';
import calendarSvg from 'lucide-static/icons/calendar.svg?raw';
import cameraSvg from 'lucide-static/icons/camera.svg?raw';
import carSvg from 'lucide-static/icons/car.svg?raw';
import checkSvg from 'lucide-static/icons/check.svg?raw';
import chevronDownSvg from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeftSvg from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRightSvg from 'lucide-static/icons/chevron-right.svg?raw';
import chevronUpSvg from 'lucide-static/icons/chevron-up.svg?raw';
import circleSvg from 'lucide-static/icons/circle.svg?raw';
import circleAlertSvg from 'lucide-static/icons/circle-alert.svg?raw';
import circleCheckSvg from 'lucide-static/icons/circle-check.svg?raw';
import clockSvg from 'lucide-static/icons/clock.svg?raw';
import cloudCheckSvg from 'lucide-static/icons/cloud-check.svg?raw';
import cloudOffSvg from 'lucide-static/icons/cloud-off.svg?raw';
import cloudUploadSvg from 'lucide-static/icons/cloud-upload.svg?raw';
import downloadSvg from 'lucide-static/icons/download.svg?raw';
import ellipsisSvg from 'lucide-static/icons/ellipsis.svg?raw';
import eyeSvg from 'lucide-static/icons/eye.svg?raw';
import eyeOffSvg from 'lucide-static/icons/eye-off.svg?raw';
import filterSvg from 'lucide-static/icons/filter.svg?raw';
import fuelSvg from 'lucide-static/icons/fuel.svg?raw';
import houseSvg from 'lucide-static/icons/house.svg?raw';
import imageSvg from 'lucide-static/icons/image.svg?raw';
import inboxSvg from 'lucide-static/icons/inbox.svg?raw';
import infoSvg from 'lucide-static/icons/info.svg?raw';
import keyRoundSvg from 'lucide-static/icons/key-round.svg?raw';
import keyboardSvg from 'lucide-static/icons/keyboard.svg?raw';
import lockSvg from 'lucide-static/icons/lock.svg?raw';
import logOutSvg from 'lucide-static/icons/log-out.svg?raw';
import mailSvg from 'lucide-static/icons/mail.svg?raw';
import mapPinSvg from 'lucide-static/icons/map-pin.svg?raw';
import menuSvg from 'lucide-static/icons/menu.svg?raw';
import monitorSvg from 'lucide-static/icons/monitor.svg?raw';
import moonSvg from 'lucide-static/icons/moon.svg?raw';
import musicSvg from 'lucide-static/icons/music.svg?raw';
import packageSvg from 'lucide-static/icons/package.svg?raw';
import paperclipSvg from 'lucide-static/icons/paperclip.svg?raw';
import pencilSvg from 'lucide-static/icons/pencil.svg?raw';
import phoneSvg from 'lucide-static/icons/phone.svg?raw';
import planeSvg from 'lucide-static/icons/plane.svg?raw';
import plusSvg from 'lucide-static/icons/plus.svg?raw';
import receiptSvg from 'lucide-static/icons/receipt.svg?raw';
import refreshCwSvg from 'lucide-static/icons/refresh-cw.svg?raw';
import routeSvg from 'lucide-static/icons/route.svg?raw';
import searchSvg from 'lucide-static/icons/search.svg?raw';
import sendSvg from 'lucide-static/icons/send.svg?raw';
import settingsSvg from 'lucide-static/icons/settings.svg?raw';
import shirtSvg from 'lucide-static/icons/shirt.svg?raw';
import smartphoneSvg from 'lucide-static/icons/smartphone.svg?raw';
import sunSvg from 'lucide-static/icons/sun.svg?raw';
import tagSvg from 'lucide-static/icons/tag.svg?raw';
import trash2Svg from 'lucide-static/icons/trash-2.svg?raw';
import triangleAlertSvg from 'lucide-static/icons/triangle-alert.svg?raw';
import undo2Svg from 'lucide-static/icons/undo-2.svg?raw';
import uploadSvg from 'lucide-static/icons/upload.svg?raw';
import userSvg from 'lucide-static/icons/user.svg?raw';
import userPlusSvg from 'lucide-static/icons/user-plus.svg?raw';
import usersSvg from 'lucide-static/icons/users.svg?raw';
import utensilsSvg from 'lucide-static/icons/utensils.svg?raw';
import walletSvg from 'lucide-static/icons/wallet.svg?raw';
import wifiOffSvg from 'lucide-static/icons/wifi-off.svg?raw';
import wrenchSvg from 'lucide-static/icons/wrench.svg?raw';
import xSvg from 'lucide-static/icons/x.svg?raw';

/** The icons of the product by their Lucide names, as SVG source; only what stands here is shipped. */
export const icons = {
  'arrow-left': arrowLeftSvg,
  banknote: banknoteSvg,
  'bed-double': bedDoubleSvg,
  bell: bellSvg,
  'building-2': building2Svg,
  bus: busSvg,
  calendar: calendarSvg,
  camera: cameraSvg,
  car: carSvg,
  check: checkSvg,
  'chevron-down': chevronDownSvg,
  'chevron-left': chevronLeftSvg,
  'chevron-right': chevronRightSvg,
  'chevron-up': chevronUpSvg,
  circle: circleSvg,
  'circle-alert': circleAlertSvg,
  'circle-check': circleCheckSvg,
  clock: clockSvg,
  'cloud-check': cloudCheckSvg,
  'cloud-off': cloudOffSvg,
  'cloud-upload': cloudUploadSvg,
  download: downloadSvg,
  ellipsis: ellipsisSvg,
  eye: eyeSvg,
  'eye-off': eyeOffSvg,
  filter: filterSvg,
  fuel: fuelSvg,
  house: houseSvg,
  image: imageSvg,
  inbox: inboxSvg,
  info: infoSvg,
  'key-round': keyRoundSvg,
  keyboard: keyboardSvg,
  lock: lockSvg,
  'log-out': logOutSvg,
  mail: mailSvg,
  'map-pin': mapPinSvg,
  menu: menuSvg,
  monitor: monitorSvg,
  moon: moonSvg,
  music: musicSvg,
  package: packageSvg,
  paperclip: paperclipSvg,
  pencil: pencilSvg,
  phone: phoneSvg,
  plane: planeSvg,
  plus: plusSvg,
  receipt: receiptSvg,
  'refresh-cw': refreshCwSvg,
  route: routeSvg,
  search: searchSvg,
  send: sendSvg,
  settings: settingsSvg,
  shirt: shirtSvg,
  smartphone: smartphoneSvg,
  sun: sunSvg,
  tag: tagSvg,
  'trash-2': trash2Svg,
  'triangle-alert': triangleAlertSvg,
  'undo-2': undo2Svg,
  upload: uploadSvg,
  user: userSvg,
  'user-plus': userPlusSvg,
  users: usersSvg,
  utensils: utensilsSvg,
  wallet: walletSvg,
  'wifi-off': wifiOffSvg,
  wrench: wrenchSvg,
  x: xSvg,
} satisfies Record<string, string>;

/** A name `<ui-icon>` can draw. */
export type IconName = keyof typeof icons;

const SVG = 'http://www.w3.org/2000/svg';
const SHAPE = /<(path|circle|rect|line|polyline|polygon|ellipse)\s+([^>]*?)\/?>/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;
const drawn = new Map<string, SVGElement>();

function shape(tag: string, attributes: string): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  for (const [, name, value] of attributes.matchAll(ATTRIBUTE)) element.setAttribute(name!, value!);
  return element;
}

/** Builds the drawing of an icon node by node, because Trusted Types allow no markup from strings. */
function draw(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, 'svg') as SVGElement;
  svg.setAttribute('viewBox', '0 0 24 24');
  for (const [, tag, attributes] of icons[name].matchAll(SHAPE)) svg.append(shape(tag!, attributes!));
  return svg;
}

/** A fresh SVG node of an icon; an unknown name (data may bring one) draws a plain circle. */
export function iconNode(name: string): SVGElement {
  const known = name in icons ? (name as IconName) : 'circle';
  const drawing = drawn.get(known) ?? draw(known);
  drawn.set(known, drawing);
  return drawing.cloneNode(true) as SVGElement;
}
