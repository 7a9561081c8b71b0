-- The last number that each device read in each hour, for a dashboard. A panel of Grafana takes it as it is, with
-- $__timeFilter(at) in place of the condition.
select distinct on (time, device)
  date_bin('1 hour', at, timestamptz '2000-01-01') as time, device as metric, value
from readings
where value is not null and at > now() - interval '7 days'
order by time, device, at desc;
