const EARTH_RADIUS_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Where something is, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Kilometres between two places on the globe, as the crow flies (haversine). */
export function kilometres(a: Point, b: Point): number {
  const half = (x: number, y: number): number => Math.sin(radians(y - x) / 2) ** 2;
  const h =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
