import { feature as books } from './features/books/index.ts';
import { feature as expenses } from './features/expenses/index.ts';
import { feature as approvals } from './features/approvals/index.ts';
import { feature as integrations } from './features/integrations/index.ts';
import { feature as organization } from './features/organization/index.ts';
import { feature as people } from './features/people/index.ts';
import { feature as routings } from './features/routings/index.ts';
import { feature as schedule } from './features/schedule/index.ts';
import { feature as today } from './features/today/index.ts';
import { feature as tours } from './features/tours/index.ts';
import './shell/app-root.ts';
import './shell/install.ts';
import { shell } from './shell/index.ts';
import { useFeatures } from './shell/registry.ts';
import { trustOwnScripts } from './shell/trusted.ts';
import { watchUpdates } from './shell/updates.ts';

trustOwnScripts();
const features = [
  today,
  tours,
  schedule,
  routings,
  expenses,
  books,
  people,
  integrations,
  organization,
  approvals,
  shell,
];
useFeatures(features);
const root = document.querySelector('app-root')!;
root.replaceChildren();
root.features = features;
watchUpdates();
