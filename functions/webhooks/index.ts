// What providers tell us: POST /webhooks/<provider> or /webhooks/<provider>/<id of the integration>. Open to the world; only what
// is signed by the provider is kept, and worked on later by the errand <provider>.webhook.
import { credentials } from '../_shared/credentials.ts';
import { askBy, serviceClient } from '../_shared/database.ts';
import { WEBHOOKS } from '../_shared/providers.ts';
import { deskBy } from '../_shared/webhooks/desk.ts';
import { receive } from '../_shared/webhooks/receive.ts';

const ask = askBy(serviceClient());
const desk = deskBy(ask, credentials(ask), WEBHOOKS);

Deno.serve(async (request: Request) => {
  try {
    return await receive(request, desk);
  } catch (error) {
    // Not kept, so not accepted: the provider tells us again.
    console.error(`webhooks: ${(error as Error).message}`);
    return new Response(null, { status: 503, headers: { 'retry-after': '60' } });
  }
});
