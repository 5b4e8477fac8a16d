import { findsPlantedBugs } from './find-planted.ts';
import { serverBugs } from './planted-sql.ts';

findsPlantedBugs('server', serverBugs);
