import { findsPlantedBugs } from './find-planted.ts';
import { plantedBugs } from './planted.ts';

findsPlantedBugs('engine', plantedBugs);
