select customer, count(*) as orders, sum(total_cents) as total_cents
from {{ source('shop', 'orders_v1') }}
where status = 'paid'
group by customer
