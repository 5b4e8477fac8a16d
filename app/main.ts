import { feature as expenses } from './features/expenses/index.ts';
import { feature as today } from './features/today/index.ts';
import { feature as tours } from './features/tours/index.ts';
import './shell/app-root.ts';
import { shell } from './shell/index.ts';
import { useFeatures } from './shell/registry.ts';
import { watchUpdates } from './shell/updates.ts';

const features = [today, tours, expenses, shell];
useFeatures(features);
const root = document.querySelector('app-root')!;
root.replaceChildren();
root.features = features;
watchUpdates();
