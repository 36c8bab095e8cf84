import { rates } from './scenarios/rates.ts';
import { startServices, stopServices, type TargetName } from './services.ts';

const [names = 'chat', points = '1736', seconds = '4'] = process.argv.slice(2);
const services = await startServices();
try {
  await rates(services, {
    names: names.split(',') as TargetName[],
    points: points.split(',').map(Number),
    seconds: Number(seconds),
    say: console.log,
  });
} finally {
  await stopServices(services);
}
