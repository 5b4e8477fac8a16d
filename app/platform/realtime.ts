import { RealtimeClient } from '@supabase/realtime-js';
import type { Line } from './send.ts';

/** A socket to Realtime as the signed-in person; it asks for the token anew with every heartbeat. */
export function openRealtime({ url, key, tokens }: Line): RealtimeClient {
  const accessToken = () => tokens(false).catch(() => null);
  return new RealtimeClient(`${url.replace(/^http/, 'ws')}/realtime/v1`, { params: { apikey: key }, accessToken });
}
