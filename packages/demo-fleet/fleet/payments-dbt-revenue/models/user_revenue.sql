select
    users.user_id,
    users.plan,
    purchases.app_version,
    purchases.revenue_cents
from {{ source('raw', 'users') }} as users
left join {{ source('raw', 'user_activity_v1') }} as purchases
    on purchases.user_id = users.user_id
    and purchases.event_type = 'purchase'
