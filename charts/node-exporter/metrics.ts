import type { Exposes } from '../metrics/exposes';

const FILE_SYSTEM = ['device', 'device_error', 'fstype', 'mountpoint'];

/** What we read of node-exporter. */
export const nodeExporterMetrics: Exposes = {
  target: 'node-exporter',
  source: 'a scrape of node-exporter v1.12.1',
  scraped: ['node'],
  metrics: {
    node_cpu_seconds_total: { type: 'counter', labels: ['cpu', 'mode'] },
    node_filesystem_avail_bytes: { type: 'gauge', labels: FILE_SYSTEM },
    node_filesystem_size_bytes: { type: 'gauge', labels: FILE_SYSTEM },
    node_load1: { type: 'gauge' },
    node_memory_MemAvailable_bytes: { type: 'gauge' },
    node_memory_MemTotal_bytes: { type: 'gauge' },
    node_network_receive_bytes_total: { type: 'counter', labels: ['device'] },
    node_network_transmit_bytes_total: { type: 'counter', labels: ['device'] },
    node_disk_io_time_seconds_total: { type: 'counter', labels: ['device'] },
    node_pressure_cpu_waiting_seconds_total: { type: 'counter' },
    node_pressure_io_waiting_seconds_total: { type: 'counter' },
    node_pressure_memory_waiting_seconds_total: { type: 'counter' },
  },
};
