import { feature as expenses } from './features/expenses/index.ts';
import { feature as organization } from './features/organization/index.ts';
import { feature as people } from './features/people/index.ts';
import { feature as today } from './features/today/index.ts';
import { feature as tours } from './features/tours/index.ts';
import './shell/app-root.ts';
import './shell/install.ts';
import { shell } from './shell/index.ts';
import { useFeatures } from './shell/registry.ts';
import { trustOwnScripts } from './shell/trusted.ts';
import { watchUpdates } from './shell/updates.ts';

trustOwnScripts();
const features = [today, tours, expenses, people, organization, shell];
useFeatures(features);
const root = document.querySelector('app-root')!;
root.replaceChildren();
root.features = features;
watchUpdates();
