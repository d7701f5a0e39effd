select
    country_iso,
    sum(revenue_cents) as revenue_cents
from {{ ref('stg_activity') }}
group by country_iso
