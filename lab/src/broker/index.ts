export { Balancer } from './balancer.js';
export { bridgeTo } from './bridge.js';
export { CuttableWay } from './cuttable-way.js';
export { freePort, freePorts } from './free-ports.js';
export { Mosquitto, openListener } from './mosquitto.js';
export { NatsCluster } from './nats-cluster.js';
export { sampleEvent, sampleReading } from './sample-messages.js';
export { SimulatedDevice, type SimulatedDeviceOptions } from './simulated-device.js';
export { type Seen, Watcher } from './watcher.js';
