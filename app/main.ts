import { feature as expenses } from './features/expenses/index.ts';
import { feature as organization } from './features/organization/index.ts';
import { feature as people } from './features/people/index.ts';
import { feature as today } from './features/today/index.ts';
import { feature as tours } from './features/tours/index.ts';
import './shell/app-root.ts';
import { shell } from './shell/index.ts';
import { useFeatures } from './shell/registry.ts';
import { watchUpdates } from './shell/updates.ts';

// Zod probes for eval when it first parses, which the content policy blocks aloud; this is where its settings live.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

const features = [today, tours, expenses, people, organization, shell];
useFeatures(features);
const root = document.querySelector('app-root')!;
root.replaceChildren();
root.features = features;
watchUpdates();
