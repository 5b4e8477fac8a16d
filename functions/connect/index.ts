// Lets an organisation sign in at a provider: GET /connect/<provider>?ticket=<from connect_ticket()>, and the provider's way back.
import { connect } from '../_shared/connections.ts';
import { credentials } from '../_shared/credentials.ts';
import { askBy, serviceClient } from '../_shared/database.ts';
import { setting } from '../_shared/environment.ts';
import { CONNECTIONS } from '../_shared/providers.ts';

const ask = askBy(serviceClient());
const self = `${setting('SUPABASE_URL')}/functions/v1/connect`;
const lobby = {
  connections: CONNECTIONS,
  ask,
  credentials: credentials(ask),
  self,
  portal: setting('PORTAL_URL') ?? self,
};

Deno.serve((request: Request) => connect(request, lobby));
