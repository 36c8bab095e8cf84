import { busSuite } from './bus-suite.ts';
import { LocalBus } from './local-bus.ts';

busSuite('the bus of an instance that is alone', () => new LocalBus(), { connected: false });
